import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import os from "node:os";

/** What a config can see of the place and time where it runs, set to something else, and to the same each time. */
export interface Conditions {
  /** Milliseconds since 1970 at the beginning; each look at the clock is a millisecond later. */
  clock: number;
  /** Begins the row of random numbers. */
  seed: number;
  /** Names another machine, its user and the folders that they have. */
  machine?: string;
  /** Another path to the folder that the project is in: reading through it finds the same files. */
  folder?: string;
}

/** Puts the conditions in place of the real ones, for as long as the process lasts. */
export function pretend({ clock, seed, machine, folder }: Conditions): void {
  pretendClock(clock);
  pretendRandomness(seed);
  if (machine !== undefined) pretendMachine(machine);
  if (folder !== undefined) process.cwd = () => folder;
  syncBuiltinESMExports();
}

function pretendClock(start: number): void {
  let looks = 0;
  const now = (): number => start + looks++;
  const Real = Date;
  Real.now = now;
  const Shifted = new Proxy(Real, {
    construct: (_, args: [], target: typeof Date) =>
      Reflect.construct(Real, args.length === 0 ? [now()] : args, target) as object,
    apply: () => new Real(now()).toString(),
  });
  Real.prototype.constructor = Shifted;
  globalThis.Date = Shifted;
  const elapsed = (): number => now() % 1_000_003; // of nobody knows which beginning
  Object.defineProperty(performance, "now", { value: elapsed, configurable: true });
  Object.defineProperty(performance, "timeOrigin", { value: start, configurable: true });
  process.uptime = () => elapsed() / 1000;
  process.hrtime = Object.assign((): [number, number] => [Math.floor(now() / 1000), 0], {
    bigint: () => BigInt(now()) * 1_000_000n,
  });
  const { formatToParts } = Intl.DateTimeFormat.prototype;
  const getter = Object.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, "format")!.get!;
  Object.defineProperty(Intl.DateTimeFormat.prototype, "format", {
    configurable: true,
    get(this: Intl.DateTimeFormat) {
      const real = getter.call(this) as (date?: Date | number) => string;
      return (date: Date | number = now()) => real(date);
    },
  });
  Intl.DateTimeFormat.prototype.formatToParts = function (date: Date | number = now()) {
    return formatToParts.call(this, date);
  };
}

function pretendRandomness(seed: number): void {
  const next = mulberry32(seed);
  const fill = <T extends ArrayBufferView>(view: T): T => {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    for (let index = 0; index < bytes.length; index++) bytes[index] = next() * 256;
    return view;
  };
  const bytes = (size: number): Buffer => fill(Buffer.alloc(size));
  const uuid = (): string =>
    bytes(16)
      .toString("hex")
      .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
  Math.random = next;
  const later = <T>(done: unknown, value: T): T | undefined =>
    typeof done === "function" ? void setImmediate(done as (error: null, value: T) => void, null, value) : value;
  Object.assign(crypto, {
    randomUUID: uuid,
    randomBytes: (size: number, done?: unknown) => later(done, bytes(size)),
    randomFillSync: fill,
    randomInt: (min: number, max?: number | (() => void), done?: () => void) => {
      const [low, high] = typeof max === "number" ? [min, max] : [0, min];
      return later(done ?? max, low + Math.floor(next() * (high - low)));
    },
  });
  Object.defineProperty(crypto.webcrypto, "getRandomValues", { value: fill, configurable: true }); // crypto.getRandomValues asks it
  Object.defineProperty(crypto.webcrypto, "randomUUID", { value: uuid, configurable: true });
}

/** A small generator of even quality (Tommy Ettinger, public domain): all that matters is that two seeds differ. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function pretendMachine(name: string): void {
  const number = name.length;
  Object.assign(os, {
    hostname: () => name,
    homedir: () => `/home/${name}`,
    userInfo: () => ({ username: name, uid: number, gid: number, shell: "/bin/sh", homedir: `/home/${name}` }),
    cpus: () =>
      Array.from({ length: number }, () => ({
        model: name,
        speed: number,
        times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 },
      })),
    availableParallelism: () => number,
    totalmem: () => number * 2 ** 30,
    freemem: () => number * 2 ** 29,
    uptime: () => number,
    loadavg: () => [number, number, number],
    release: () => `${number}.0.0`,
    version: () => name,
    networkInterfaces: () => ({}),
  });
}
