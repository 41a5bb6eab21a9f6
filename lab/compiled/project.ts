/** The files of a project that people, or the delivery pipeline, change. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Edit } from "./questions.ts";

/** What the compiler has chosen, which it writes beside the config. */
export const LOCK = "ecosystem.lock.json";
const IMAGES = "ecosystem.images.json";

export class Project {
  readonly folder: string;
  private readonly made: Edit[] = [];

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Every edit so far, by which a copy of the project as it was gets the same texts. */
  get edits(): readonly Edit[] {
    return this.made;
  }

  apply(edit: Edit): void {
    if ("image" in edit) this.changeImages((images) => ((images[edit.image] ??= {})[edit.environment] = edit.digest));
    else if ("withoutImages" in edit) this.changeImages((images) => delete images[edit.withoutImages]);
    else if ("text" in edit) this.write(edit.file, edit.text);
    else this.replace(edit);
    this.made.push(edit);
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }

  private replace({ file, from, to }: { file: string; from: string; to: string }): void {
    const text = this.read(file);
    if (text.split(from).length !== 2) throw new Error(`${file} has ${JSON.stringify(from)} not once`);
    this.write(
      file,
      text.replace(from, () => to),
    );
  }

  private changeImages(change: (images: Record<string, Record<string, string>>) => void): void {
    const images = JSON.parse(this.read(IMAGES)) as Record<string, Record<string, string>>;
    change(images);
    this.write(IMAGES, `${JSON.stringify(images, null, 2)}\n`);
  }

  private write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }
}
