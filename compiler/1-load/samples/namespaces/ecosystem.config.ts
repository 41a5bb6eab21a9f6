import * as same from "./teams/same.ts";
import * as shop from "./teams/shop.ts";

export default {
  spread: { ...shop },
  whole: shop,
  same,
};
