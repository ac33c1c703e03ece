export { default } from "./remark.ts";
