export { default } from "./ship.ts";
