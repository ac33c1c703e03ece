export { default } from "./erp-connection.ts";
