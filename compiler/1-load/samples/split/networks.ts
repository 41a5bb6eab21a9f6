export const CIDR = "10.0.0.0/16";

export const networks = {
  main: { cidr: CIDR, subnets: [{ cidr: "10.0.1.0/24" }] },
};
