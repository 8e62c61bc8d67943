// Run a script on MicroPython's WebAssembly build: node webassembly.mjs MICROPYTHON.mjs SCRIPT ROOT...
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [program, script, ...roots] = process.argv.slice(2);
const { loadMicroPython } = await import(pathToFileURL(program).href);
const board = await loadMicroPython({
  heapsize: 8 * 1024 * 1024,
  stdout: (data) => process.stdout.write(typeof data === "string" ? data + "\n" : Buffer.from(data)),
});

function copy(from, to) {
  board.FS.mkdirTree(to);
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    const source = path.join(from, entry.name);
    if (entry.isDirectory() && entry.name !== "__pycache__") copy(source, `${to}/${entry.name}`);
    else if (/\.m?py$/.test(entry.name)) board.FS.writeFile(`${to}/${entry.name}`, fs.readFileSync(source));
  }
}

for (const root of roots) copy(root, `/lib/${path.basename(root)}`);
board.runPython("import sys; sys.path.append('/lib')");
board.runPython(fs.readFileSync(script, "utf8"));
board.runPython("import gc; gc.collect(); print('heap in use', gc.mem_alloc())");
