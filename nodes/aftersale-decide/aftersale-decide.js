export { default } from "./aftersale-decide.ts";
