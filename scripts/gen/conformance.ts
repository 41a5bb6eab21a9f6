/** `docs/conformance.md` from the records of the lab's suites; what has changed since a suite ran shows in its lines. */
import { judgedIn, pageOf } from "../../lab/record/page.ts";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";

export const generate = async (): Promise<ReadonlyMap<string, string>> =>
  new Map([["docs/conformance.md", pageOf(await judgedIn(PACKAGE_ROOT))]]);
