/**
 * Several mutants in one push: with every change of one of its Applications the root applies all of them, so that a
 * push for each mutant, and another one that mends it, was most of what a suite took.
 */
import { applied } from "./applications.ts";
import type { Context, LabTest } from "./context.ts";
import { PATIENCE } from "./live.ts";
import { broken, type Mending } from "./mutate.ts";

/** One way in which a wrong compiler would have written the repository, in an Application that no other mutant has. */
export interface Mutant {
  name: string;
  /** Looks at the clusters as they are without it. */
  before?: (context: Context) => Promise<void>;
  /** Breaks the work tree. */
  breaks: (context: Context) => void;
  /** Rejects where it does not show. */
  sees: (context: Context) => Promise<void>;
  /** Waits until nothing is left of it. */
  mended?: (context: Context) => Promise<void>;
}

/** A test that breaks the repository, one for each mutant, and one that mends it; all on staging. */
export function caughtTogether(test: LabTest, context: () => Context, mutants: readonly Mutant[]): void {
  let mend: Mending | undefined;
  test(`a repository is broken in ${mutants.length} ways, each in an Application of its own`, async () => {
    for (const { before } of mutants) await before?.(context());
    const { site, staging } = context();
    mend = await broken(site, [staging], () => mutants.forEach(({ breaks }) => breaks(context())));
    await applied(staging.lab.client, await site.repository.headOf("main"), PATIENCE);
  });
  for (const { name, sees } of mutants) test(`caught: ${name}`, () => sees(context()));
  test("it is mended, and nothing is left", async () => {
    await mend!();
    const { site, staging } = context();
    await applied(staging.lab.client, await site.repository.headOf("main"), PATIENCE);
    for (const { mended } of mutants) await mended?.(context());
  });
}
