export const limits = { cpu: "1", memory: "1Gi" };

const search = { image: "search", limits };
export default search;
