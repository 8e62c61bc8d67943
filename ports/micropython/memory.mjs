// Load modules one by one on MicroPython's WebAssembly build, whose words have 32 bits like a board's:
//     node memory.mjs MICROPYTHON.mjs FOLDER MODULE...
// Its garbage is collected between calls from outside only, so each module is one.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [program, folder, ...modules] = process.argv.slice(2);
const { loadMicroPython } = await import(pathToFileURL(program).href);
const board = await loadMicroPython({ heapsize: 1024 * 1024 });
board.FS.mkdirTree("/lib");
for (const name of fs.readdirSync(folder))
  if (/\.m?py$/.test(name)) board.FS.writeFile(`/lib/${name}`, fs.readFileSync(path.join(folder, name)));
board.runPython("import gc, sys; sys.path.append('/lib'); result = 0");

function inUse() {
  board.runPython("gc.collect()");
  board.runPython("result = gc.mem_alloc()");
  return board.globals.get("result");
}

let before = inUse();
for (const module of modules) {
  board.runPython(`import ${module}`);
  const now = inUse();
  console.log(module, now - before);
  before = now;
}
