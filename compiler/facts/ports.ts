import type { Transport } from "../topology/peer.ts";
import type { WorkloadPort } from "../topology/workloads.ts";

/** A port of a workload, or of the config, where one that says nothing speaks HTTP. */
type Speaking = { protocol?: WorkloadPort["protocol"] };

/** What carries a port's protocol, as Kubernetes says it. */
export const transportOf = ({ protocol }: Speaking): Transport => (protocol === "udp" ? "UDP" : "TCP");

/** Whether a port has requests with answers: those alone can be counted, copied and failed on the way. */
export const hasRequests = ({ protocol }: Speaking): boolean => protocol !== "tcp" && protocol !== "udp";

/** Whether the mesh knows no more of a port than its connections. It passes UDP by. */
export const isPlainTcp = ({ protocol }: Speaking): boolean => protocol === "tcp";

/**
 * What a port is called in the Kubernetes Services, where Istio reads its protocol: `eco.servicePortName` of
 * helm-library/eco-library/templates/_service.tpl.
 */
export const servicePortName = ({ name, protocol }: Pick<WorkloadPort, "name" | "protocol">): string =>
  name === protocol || name.startsWith(`${protocol}-`) ? name : `${protocol}-${name}`;

/**
 * Whether two ports have one number and differ in what carries them, as those of DNS do. Client-side apply takes the
 * number alone for a port's identity and loses one of the two (https://github.com/kubernetes/kubernetes/issues/105610);
 * server-side apply takes both (`x-kubernetes-list-map-keys`).
 */
export const sharesNumbers = (ports: readonly WorkloadPort[]): boolean =>
  ports.some((one, index) =>
    ports
      .slice(0, index)
      .some(
        (other) =>
          transportOf(one) !== transportOf(other) && (one.port === other.port || one.targetPort === other.targetPort),
      ),
  );
