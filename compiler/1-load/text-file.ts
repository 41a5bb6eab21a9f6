import { isUtf8 } from "node:buffer";
import { lstatSync, readFileSync, statSync, type Stats } from "node:fs";

/** Larger than any file of a config that people, or pull requests, write. */
const MAX_BYTES = 16 * 2 ** 20;

/** Why a file is no text, and where that shows; the offset counts in what can be read of it. */
export interface Unreadable {
  problem: string;
  /** What it is instead, where somebody may have meant that. */
  is?: "folder" | "binary";
  hint?: string;
  /** What stands before the fault. */
  before?: string;
}

/**
 * A file's text as UTF-8, undefined when there is no such file, or what is wrong with it. Never waits for a pipe or a
 * device.
 */
export function readText(file: string, maxBytes: number = MAX_BYTES): { text: string } | Unreadable | undefined {
  try {
    const stats = lstatSync(file, { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    const unfit = unfitFile(stats.isSymbolicLink() ? statSync(file) : stats, maxBytes);
    return unfit ?? decode(readFileSync(file));
  } catch (error) {
    return failure((error as NodeJS.ErrnoException).code);
  }
}

/** Whether bytes are the UTF-8 text that they have to be. */
function decode(bytes: Uint8Array): { text: string } | Unreadable {
  const wide = wideEncoding(bytes);
  if (wide !== undefined) return { problem: `is ${wide}, not UTF-8`, hint: "save it as UTF-8" };
  if (isUtf8(bytes)) {
    const nul = bytes.indexOf(0);
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
    return nul < 0
      ? { text }
      : {
          problem: "holds a NUL byte: it is no text",
          is: "binary",
          hint: "take the version of the main branch",
          before: text.slice(0, text.indexOf("\0")),
        };
  }
  const good = validLength(bytes);
  const before = Buffer.from(bytes.subarray(0, good)).toString("utf8");
  if (bytes.length - good < 4 && isBegun(bytes.subarray(good)))
    return {
      problem: "ends in the middle of a character: its end is missing",
      hint: "take a whole version of it",
      before,
    };
  if (!isText(bytes))
    return { problem: "is binary, not text", is: "binary", hint: "take the version of the main branch", before };
  return { problem: "is not UTF-8, but Latin-1 or Windows-1252 as it seems", hint: "save it as UTF-8", before };
}

function unfitFile(stats: Stats, maxBytes: number): Unreadable | undefined {
  if (stats.isDirectory()) return { problem: "is a folder, not a file", is: "folder", hint: "move it away" };
  if (stats.isFIFO()) return { problem: "is a named pipe, not a file", hint: "write a file" };
  if (stats.isSocket()) return { problem: "is a socket, not a file", hint: "write a file" };
  if (!stats.isFile()) return { problem: "is a device, not a file", hint: "write a file" };
  if (stats.size > maxBytes)
    return {
      problem: `has ${Math.ceil(stats.size / 2 ** 20)} MiB; at most ${maxBytes / 2 ** 20} MiB are read`,
      hint: "look at what wrote it",
    };
  return undefined;
}

const FAILURES: Readonly<Record<string, Unreadable>> = {
  ENOENT: { problem: "is a link to a file that does not exist", hint: "correct the link, or delete it" },
  ELOOP: { problem: "is a link that leads to itself", hint: "correct the link, or delete it" },
  EACCES: { problem: "may not be read by you", hint: "give yourself permission to read it: chmod u+r" },
  EPERM: { problem: "may not be read by you", hint: "give yourself permission to read it" },
  ENOTDIR: { problem: "lies below a file, not a folder" },
  EISDIR: { problem: "is a folder, not a file", hint: "move it away" },
  ENAMETOOLONG: { problem: "has a name that is too long" },
};

/** Words for what the system says, as it is when there are none for it. */
export const failure = (code: string | undefined): Unreadable =>
  FAILURES[code ?? ""] ?? { problem: `cannot be read: ${code ?? "for no reason that the system gives"}` };

/** UTF-16 and UTF-32 by their marks, or by the zeros that they put into every second byte of ASCII. */
function wideEncoding(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 && bytes.length % 4 === 0 ? "UTF-32" : "UTF-16";
  if (a === 0xfe && b === 0xff) return "UTF-16";
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return "UTF-32";
  const sample = bytes.subarray(0, 4096);
  if (sample.length < 4) return undefined;
  const zeros = [0, 0, 0, 0];
  for (let index = 0; index < sample.length; index++) if (sample[index] === 0) zeros[index % 4]!++;
  const share = (count: number): number => count / (sample.length / 4);
  const [first, second, third, fourth] = zeros.map(share) as [number, number, number, number];
  if (second > 0.9 && third > 0.9 && (first > 0.9 ? fourth < 0.5 : fourth > 0.9)) return "UTF-32";
  if ((first + third > 1.2 && second + fourth < 0.2) || (second + fourth > 1.2 && first + third < 0.2)) return "UTF-16";
  return undefined;
}

/** How many bytes from the beginning are whole characters of UTF-8. */
function validLength(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  // A prefix that ends within a character is no UTF-8 either: up to three bytes less may be.
  const isGood = (length: number): boolean =>
    [0, 1, 2, 3].some((less) => length >= less && isUtf8(bytes.subarray(0, length - less)));
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isGood(middle)) low = middle;
    else high = middle - 1;
  }
  return [0, 1, 2, 3].map((less) => low - less).find((length) => length >= 0 && isUtf8(bytes.subarray(0, length))) ?? 0;
}

/** The first bytes of a longer character. */
function isBegun([lead = 0, ...rest]: Uint8Array): boolean {
  const length = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
  return lead < 0xf5 && rest.length < length - 1 && rest.every((byte) => (byte & 0xc0) === 0x80);
}

/** No control characters but those of lines and tabs. */
const isText = (bytes: Uint8Array): boolean =>
  !bytes.some((byte) => byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d, 0x1b].includes(byte));
