export { default } from "./order-get.ts";
