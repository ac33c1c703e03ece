export { default } from "./jsonata-map.ts";
