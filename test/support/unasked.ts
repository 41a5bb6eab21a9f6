import * as assert from "uvu/assert";
import type { CheckContext } from "../../compiler/4-check/check.ts";

const unreachable = () => assert.unreachable() as never;

/** What a check is given that needs nothing beside the topology: asking for a table fails the test. */
export const UNASKED: CheckContext = {
  machines: unreachable,
  kubernetes: unreachable,
  zones: unreachable,
  timeZones: unreachable,
  families: unreachable,
};
