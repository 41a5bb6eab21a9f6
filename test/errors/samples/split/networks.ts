export const networks = {
  network: { name: "acme-vpc", cidr: "10.0.0.0/33" },
};
