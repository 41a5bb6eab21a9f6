const small = { min: 1, max: 1 };
export default {
	windows: {
		team: "shop",
		image: "windows",
		placement: ["paris"],
		overrides: [
			{
				environment: "staging",
				scaling: small,
			},
		],
	},
};
