export const everywhere = ["paris", "ghent"];

const near = ["paris"];

/** Sixty services of the same form. */
export function service(name: string) {
  return {
    team: "shop",
    image: name,
    placement: { clusters: near },
    in: {
      staging: { config: { env: { NAME: name, NOTE: "placement: ['no word']" } } }, // small
    },
  };
}
