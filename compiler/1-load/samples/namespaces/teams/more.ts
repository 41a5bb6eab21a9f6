export const memory = "1Gi";
export const disks = ["a", "b"];
