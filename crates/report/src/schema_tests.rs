//! The JSON Schema of every answer, made from the types that are written.
#![allow(clippy::unwrap_used)]

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

use super::{
    card_json, decode_json, diagnosis_json, diagnosis_ndjson, f413_batch_json, f413_forms_json, f413_json,
    f413_order_json, files_json, fit, journey_json, readers_json, simulations_json, swap, token_json, watch_json,
};
use crate::generated::Files;

/// The schema of each answer, by the name of its file.
pub(crate) fn schemas() -> Files {
    let schemas = [
        schema::<card_json::Report>(),
        schema::<files_json::Report>(),
        schema::<decode_json::Report>(),
        schema::<diagnosis_ndjson::Line>(),
        schema::<diagnosis_json::Report>(),
        schema::<diagnosis_json::CatalogueView>(),
        schema::<f413_json::Report>(),
        schema::<f413_batch_json::Line>(),
        schema::<f413_order_json::OrderReport>(),
        schema::<f413_forms_json::Report>(),
        schema::<fit::Report>(),
        schema::<journey_json::Report>(),
        schema::<token_json::Report>(),
        schema::<readers_json::Report>(),
        schema::<simulations_json::Report>(),
        schema::<swap::Report>(),
        schema::<watch_json::Line>(),
    ];
    schemas.into_iter().map(|schema| (file(&schema), format!("{:#}\n", schema.to_value()))).collect()
}

fn schema<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
}

/// `cpx-check.card/1` is in `card-1.json`.
fn file(schema: &Schema) -> String {
    let version = schema.pointer("/properties/schema/const").unwrap().as_str().unwrap();
    format!("{}.json", version.strip_prefix("cpx-check.").unwrap().replace('/', "-"))
}
