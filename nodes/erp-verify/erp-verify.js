export { default } from "./erp-verify.ts";
