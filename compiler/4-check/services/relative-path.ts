import { defineCheck } from "../check.ts";
import { onePerService } from "../placement.ts";

export default defineCheck({
  id: "services/relative-path",
  severity: "error",
  summary: "Paths of mounts and requests are absolute",
  why: "Kubernetes refuses a mount or a probe whose path does not start with a slash.",

  *run(topology) {
    for (const { name, config, secrets, storage, writable, probes, exposure, telemetry } of onePerService(topology)) {
      const paths = [
        { at: `${config.source}.mountPath`, path: config.mountPath },
        ...secrets.map(({ source, mountPath }) => ({ at: `${source}.mountPath`, path: mountPath })),
        ...[...storage, ...writable].map(({ source, path }) => ({ at: `${source}.path`, path })),
        ...Object.values(probes).map(({ source, path }) => ({ at: `${source}.path`, path: path ?? "/" })),
        ...(exposure === undefined ? [] : [{ at: `${exposure.source}.path`, path: exposure.path }]),
        ...(telemetry.metrics === undefined ? [] : [{ at: `${telemetry.source}.metrics.path`, path: telemetry.metrics.path }]),
      ];
      for (const { at, path } of paths) {
        if (!path.startsWith("/"))
          yield { at, message: `${name}: ${path} does not start with a slash`, hint: `write it as "/${path}"` };
      }
    }
  },
});
