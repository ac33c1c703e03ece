export { default } from "./waybill.ts";
