/** Numbers and parcels as the gateway answers them. */
import type { WaybillAccount, WaybillTemplate } from "../../services/platform/waybill.ts";
import type { ShipmentView } from "../../services/shipment/desk.ts";
import type { WaybillView } from "../../services/waybill/desk.ts";
import type { PickLine } from "../../services/waybill/pick-list.ts";
import type { Scanned } from "../../services/waybill/scan.ts";
import type { AsJson } from "../as-json.ts";

export type WaybillRow = AsJson<WaybillView>;
export type ShipmentRow = AsJson<ShipmentView>;
export type ScannedParcel = AsJson<Scanned>;
export type PickRow = PickLine;
export type Account = WaybillAccount;
export type Template = WaybillTemplate;
