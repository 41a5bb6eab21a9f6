import semver from "semver";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "addons/since",
  severity: "error",
  summary: "The oldest version that an add-on's values fit is not newer than its version",
  why: "Environments keep a version between the two until they are upgraded. There would be none, and the first compilation would write a lock that the second refuses.",

  *run({ declaredAddons }) {
    for (const { name, source, chart } of declaredAddons) {
      const { version, since } = chart;
      if (since === undefined || !semver.gt(since, version)) continue;
      yield {
        at: `${source}.since`,
        message: `${name}: ${since} is newer than version ${version}`,
        hint: "leave `since` out, or name the oldest version that the values fit",
      };
    }
  },
});
