export { default } from "./order-in.ts";
