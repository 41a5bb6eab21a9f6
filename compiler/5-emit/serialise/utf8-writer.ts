/**
 * Text as UTF-8. Most of what is printed are short ASCII strings, for which a loop is cheaper than a call of the
 * encoder, and than the trees of strings that concatenation leaves to the garbage collector. What was written is handed
 * out where it stands: nothing is copied.
 */
export class Utf8Writer {
  #bytes = Buffer.allocUnsafe(SLAB);
  #start = 0;
  #length = 0;

  /** What was written since the last call. */
  take(): Uint8Array {
    const taken = this.#bytes.subarray(this.#start, this.#length);
    this.#start = this.#length;
    return taken;
  }

  /** Forgets what was written since the last `take`. */
  drop(): void {
    this.#length = this.#start;
  }

  byte(code: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = code;
  }

  spaces(count: number): void {
    this.#reserve(count);
    for (let index = 0; index < count; index++) this.#bytes[this.#length++] = 0x20;
  }

  /** The end of a line and the indent of the next. */
  line(indent: number): void {
    this.byte(0x0a);
    this.spaces(indent);
  }

  text(text: string): void {
    this.#reserve(text.length * 3); // a unit of UTF-16 takes at most three bytes
    const [bytes, start] = [this.#bytes, this.#length];
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code > 0x7f) {
        this.#length = start + bytes.write(text, start, "utf8");
        return;
      }
      bytes[start + index] = code;
    }
    this.#length = start + text.length;
  }

  /**
   * Writes an ASCII text if `places` allows all of its characters, else nothing. `places` has a bit for each place of a
   * text, by character: the first must have the bit `first`, every other one the bit `inside`, or `between` where one
   * with `inside` follows.
   */
  textOf(text: string, places: Uint8Array, first: number, inside: number, between: number): boolean {
    const { length } = text;
    this.#reserve(length);
    const [bytes, start] = [this.#bytes, this.#length];
    let allowed = first;
    let last = 0;
    for (let index = 0; index < length; index++) {
      const code = text.charCodeAt(index);
      last = places[code]! & allowed;
      if (last === 0) return false;
      bytes[start + index] = code;
      allowed = last === between ? inside : inside | between;
    }
    if (last === 0 || last === between) return false;
    this.#length = start + length;
    return true;
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const begun = this.#bytes.subarray(this.#start, this.#length);
    this.#bytes = Buffer.allocUnsafe(Math.max(SLAB, 2 * (begun.length + count)));
    this.#length = begun.copy(this.#bytes);
    this.#start = 0;
  }
}

/** Bytes allocated at a time. */
const SLAB = 1 << 18;
