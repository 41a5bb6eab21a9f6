import { servicePortName, sharesNumbers, transportOf } from "../../facts/ports.ts";
import type { WorkloadPort } from "../../topology/workloads.ts";
import { defineCheck } from "../check.ts";
import { onePerForm } from "../../facts/placement.ts";

export default defineCheck({
  id: "services/duplicate-port",
  severity: "error",
  summary: "A service names each port number once for TCP and once for UDP",
  why: "Kubernetes refuses a Service with the same port twice; a caller could not say which of the two it means. Only UDP may have a number that something else has, as for DNS.",

  *run(topology) {
    for (const { name, ports } of onePerForm(topology)) {
      for (const [index, port] of ports.entries()) {
        const clash = clashes(ports).find(({ like }) => ports.slice(0, index).some((other) => like(port, other)));
        if (clash === undefined) continue;
        const earlier = ports.find((other) => clash.like(port, other))!;
        yield {
          at: clash.at(port),
          message: `${name}: ${port.name} and ${earlier.name} are both ${clash.title(port)}`,
          hint: clash.hint,
          related: [{ at: clash.at(earlier), message: earlier.name }],
        };
      }
    }
  },
});

interface Clash {
  like: (one: WorkloadPort, other: WorkloadPort) => boolean;
  at: (port: WorkloadPort) => string;
  title: (port: WorkloadPort) => string;
  hint: string;
}

const clashes = (ports: readonly WorkloadPort[]): readonly Clash[] =>
  sharesNumbers(ports) ? [NUMBER, NAME, CONTAINER_PORT] : [NUMBER, NAME];

const NUMBER: Clash = {
  like: (one, other) => one.port === other.port && transportOf(one) === transportOf(other),
  at: ({ source }) => `${source}.port`,
  title: ({ port }) => `port ${port}`,
  hint: "give one another number; `targetPort` may stay",
};

const NAME: Clash = {
  like: (one, other) => servicePortName(one) === servicePortName(other),
  at: ({ source }) => source,
  title: (port) => `called ${servicePortName(port)} in the Kubernetes Service`,
  hint: "rename one: the protocol is put in front of a name that does not begin with it",
};

/** Only what is applied on the server's side, because of a number with two protocols, has to have each of these once. */
const CONTAINER_PORT: Clash = {
  like: (one, other) => one.targetPort === other.targetPort && transportOf(one) === transportOf(other),
  at: ({ source }) => `${source}.targetPort`,
  title: (port) => `port ${port.targetPort} of the container`,
  hint: "let the container listen on another one, since ports with one number for TCP and UDP are applied by number",
};
