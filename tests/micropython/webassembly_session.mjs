// A session of the board's program on MicroPython's WebAssembly build, over a serial line that is a descriptor:
//     node webassembly_session.mjs MICROPYTHON.mjs FOLDER DESCRIPTOR
// Its garbage is collected between calls only, so the program is called step by step, and what is in use after each
// step is looked at.
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [program, folder, descriptor] = process.argv.slice(2);
const { loadMicroPython } = await import(pathToFileURL(program).href);
const board = await loadMicroPython({ heapsize: 1024 * 1024, stdout: (line) => console.log(line) });
const line = Number(descriptor);
const POLLIN = 1, POLLOUT = 4;
let waiting = Buffer.alloc(0);

function look() {
  if (!waiting.length) {
    const room = Buffer.alloc(4096);
    try {
      waiting = room.subarray(0, fs.readSync(line, room));
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
    }
  }
  return waiting.length;
}

const device = board.FS.makedev(64, 0);
board.FS.registerDevice(device, {
  open: (stream) => { stream.seekable = false; },
  close: () => {},
  read: (stream, buffer, offset, length) => {
    const count = Math.min(look(), length);
    buffer.set(waiting.subarray(0, count), offset);
    waiting = waiting.subarray(count);
    return count;
  },
  write: (stream, buffer, offset, length) => fs.writeSync(line, Buffer.from(buffer.slice(offset, offset + length))),
  poll: () => POLLOUT | (look() ? POLLIN : 0),
});
board.FS.mkdev("/dev/uart", device);
board.FS.mkdirTree("/lib");
for (const name of fs.readdirSync(folder))
  if (/\.m?py$/.test(name)) board.FS.writeFile(`/lib/${name}`, fs.readFileSync(path.join(folder, name)));

const result = () => board.globals.get("result");
let peak = 0;
function step(code) {
  try { board.runPython(code); } catch (error) { console.log(String(error.message).slice(-600)); process.exit(1); }
  board.runPython("gc.collect()");
  board.runPython("result = gc.mem_alloc()");
  const used = result();
  peak = Math.max(peak, used);
  return used;
}

function value(expression) {
  step(`value = ${expression}`);
  board.runPython("result = value");
  return result();
}

console.log("empty", step("import gc, sys; sys.path.append('/lib'); result = None"));
console.log("loaded", step("import board_steps_program as steps"));
console.log("login", value("steps.begin(open('/dev/uart', 'r+b'))"));
const count = value("steps.mails()");
for (let item = 1; item <= count; item++) {
  console.log("retr", value(`steps.mail(${item})`));
  const digest = crypto.createHash("sha256");
  let size = 0;
  for (;;) {
    const text = value("(lambda data: None if data is None else ''.join(map(chr, data)))(steps.packet())");
    if (text === null || text === undefined) break;
    digest.update(Buffer.from(text, "latin1"));
    size += text.length;
  }
  console.log("mail", size, digest.digest("hex"));
}
console.log("end", value("'%d %d' % steps.end()"));
console.log("peak", peak);
