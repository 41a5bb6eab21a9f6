/** A workload on the same cluster, as network rules see it. */
export interface Peer {
  name: string;
  namespace: string;
  selector: { readonly [key: string]: string };
  /** Container port at the called side. */
  port: number;
}
