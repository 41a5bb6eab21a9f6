/** The protocol under a port's own. */
export type Transport = "TCP" | "UDP";

/** A workload on the same cluster, as network rules see it. */
export interface Peer {
  name: string;
  namespace: string;
  selector: { readonly [key: string]: string };
  /** Container ports at the called side: two where one number is open for TCP and UDP. */
  ports: readonly { port: number; transport: Transport }[];
}
