import type { Destination } from "../config/texts.ts";
import { childPath } from "../diagnostics/config-path.ts";
import { onePerForm } from "../facts/placement.ts";
import type { Topology } from "../topology/index.ts";

/** Something outside of the platform that is called, as the config names it. */
export interface Outside {
  at: string;
  /** Who names it. */
  by: string;
  host: Destination;
  /** How its addresses are said, where it is a name. */
  how: string;
}

/** Where addresses are said, the name opens nothing. */
export function outsideOf(topology: Topology): Outside[] {
  const egress = onePerForm(topology).flatMap(({ name: by, egress }) =>
    egress.map(({ source, host }): Outside => ({
      at: `${source}.host`,
      by,
      host,
      how: 'write its address or network in place of the name, as host: "10.1.2.0/24", or declare it in `externals`',
    })),
  );
  const externals = topology.externals.flatMap(({ name, host, addresses, written }): Outside[] => {
    const declared = { by: `the external ${name}`, how: 'say where it is, as addresses: ["10.1.2.0/24"]' };
    return addresses.length === 0 || addresses[0] === host
      ? [{ ...declared, at: written.host, host }]
      : addresses.map((address, index) => ({ ...declared, at: childPath(written.addresses, index), host: address }));
  });
  return [...egress, ...externals];
}
