/** The images that objects of charts run. */
import { qualified, versionIn } from "../../../compiler/facts/image-names.ts";
import type { Data } from "../../cluster/client.ts";

/** Images that the charts have for what no committed ecosystem has: a DNS fault. */
export const UNUSED = ["ghcr.io/chaos-mesh/chaos-coredns"];

/** Without its version. */
export const nameOf = (image: string): string =>
  qualified(image.slice(0, image.length - (versionIn(image)?.length ?? 0)));

/** What the pods of an object run, and the pods that its operator makes. */
export function imagesIn({ kind, spec = {} }: Data): string[] {
  if (kind === "Prometheus") return [spec.image];
  const pod = (kind === "CronJob" ? spec.jobTemplate.spec : spec).template?.spec;
  return [...(pod?.containers ?? []), ...(pod?.initContainers ?? [])].flatMap(
    ({ image, args = [], env = [] }: Data) => [
      image,
      ...args.flatMap((arg: string) => /^--prometheus-config-reloader=(.*)$/.exec(arg)?.[1] ?? []),
      ...env.flatMap(({ name, value }: Data) => (name === "RUNNER_POD_IMAGE" ? [value] : [])),
    ],
  );
}
