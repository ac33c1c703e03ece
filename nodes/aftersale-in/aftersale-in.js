export { default } from "./aftersale-in.ts";
