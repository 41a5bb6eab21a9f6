import { readSync, writeSync } from "node:fs";
import process from "node:process";

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
  for (let sent = 0; sent < bytes.length;) sent += patiently(() => writeSync(fd, bytes, sent));
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

/**
 * Lets what is printed be out before the process ends: a pipe would take it at its leisure. Looking at the streams
 * makes them, which takes time: so only when somebody asks for one.
 */
export function printAtOnce(): void {
  for (const name of ["stdout", "stderr"] as const) {
    const { get } = Object.getOwnPropertyDescriptor(process, name)!;
    let stream: unknown;
    const open = (): unknown => {
      if (stream === undefined) {
        stream = get!.call(process);
        (stream as { _handle?: { setBlocking?(blocking: boolean): void } })._handle?.setBlocking?.(true);
      }
      return stream;
    };
    Object.defineProperty(process, name, { configurable: true, enumerable: true, get: open });
  }
}
