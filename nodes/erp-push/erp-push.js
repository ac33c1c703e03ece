export { default } from "./erp-push.ts";
