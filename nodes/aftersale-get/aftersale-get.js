export { default } from "./aftersale-get.ts";
