#!/usr/bin/env node
export const make = async () => ({ services: { web: { port: 80 } } });
export default make();
