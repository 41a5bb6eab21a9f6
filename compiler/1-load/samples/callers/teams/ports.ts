export const port = (number: number) => ({ number, protocol: "tcpp" });
