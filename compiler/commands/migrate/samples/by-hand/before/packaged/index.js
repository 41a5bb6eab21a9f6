export default { packaged: { team: "shop", image: "packaged", placement: ["paris"] } };
