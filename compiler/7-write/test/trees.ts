import { emitted } from "./tree.ts";

const SERVICES = 150;

/** Two outputs that share a third of their files, change a third, and have a third each to themselves. */
const tree = (name: string) =>
  emitted(
    Object.fromEntries(
      Array.from({ length: SERVICES }, (_, index) => {
        const own = index % 3 === 0 ? name : "shared";
        const content = index % 3 === 1 ? name : "same";
        return [`helm:generated/clusters/c${index % 5}/services/${own}-${index}/values.yaml`, `${content}: ${index}\n`.repeat(40)];
      }),
    ),
  );

export const TREES = { A: tree("A"), B: tree("B") };
