export { default } from "./sku-match.ts";
