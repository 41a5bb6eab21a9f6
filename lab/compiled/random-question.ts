/** What the phases make of random configs that are sound. */
export interface RandomQuestion {
  ask: "random";
  /** What the configs say most about; see test/fuzz/sound.ts. */
  ground: "services" | "clouds";
  seed: number;
  configs: number;
  /** Which files are answered: a regular expression for their paths in the project. */
  files: string;
}
