import { readSync, writeSync } from "node:fs";

/** All that comes through a pipe until it is closed. */
export function readAll(fd: number): string {
  const chunks: Buffer[] = [];
  const buffer = Buffer.alloc(65_536);
  for (;;) {
    const length = patiently(() => readSync(fd, buffer));
    if (length === 0) return Buffer.concat(chunks).toString("utf8");
    chunks.push(Buffer.from(buffer.subarray(0, length)));
  }
}

/** Writes all of it to a pipe. */
export function writeAll(fd: number, bytes: Uint8Array): void {
  for (let sent = 0; sent < bytes.length; ) sent += patiently(() => writeSync(fd, bytes, sent));
}

const idle = new Int32Array(new SharedArrayBuffer(4));
const { wait } = Atomics;

/** A pipe between processes may not block: it says EAGAIN while the other side is busy. */
function patiently<T>(work: () => T): T {
  for (;;) {
    try {
      return work();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      wait(idle, 0, 0, 1);
    }
  }
}
