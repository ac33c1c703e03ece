export { default } from "./order-search.ts";
