const small = { min: 1, max: 1 };
export default {
	windows: {
		team: "shop",
		image: "windows",
		placement: { clusters: ["paris"] },
		in: {
			staging: {
				scaling: small,
			},
		},
	},
};
