import { defineEcosystem } from "eco-compile";

export default defineEcosystem({
	services: {
		web: { image: "web",	port: 80 },
	},
	text: `one
two`, after: 1,
});
