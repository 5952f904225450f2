//! The functions of PKCS#11 that are called here.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A step of the dialogue with a module: a function of PKCS#11, or loading its file.
///
/// The whole set: no other function of a module is ever called. `C_Login` is reached by a proof only, and
/// `C_WaitForSlotEvent` by nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
#[allow(missing_docs)] // named as the standard names them
pub enum Function {
    /// The system's loader: `dlopen`, `LoadLibrary`.
    #[serde(rename = "load")]
    Load,
    #[serde(rename = "C_GetInterface")]
    GetInterface,
    #[serde(rename = "C_GetFunctionList")]
    GetFunctionList,
    #[serde(rename = "C_Initialize")]
    Initialize,
    #[serde(rename = "C_GetInfo")]
    GetInfo,
    #[serde(rename = "C_GetSlotList")]
    GetSlotList,
    #[serde(rename = "C_GetSlotInfo")]
    GetSlotInfo,
    #[serde(rename = "C_GetTokenInfo")]
    GetTokenInfo,
    #[serde(rename = "C_GetMechanismList")]
    GetMechanismList,
    #[serde(rename = "C_OpenSession")]
    OpenSession,
    #[serde(rename = "C_FindObjectsInit")]
    FindObjectsInit,
    #[serde(rename = "C_FindObjects")]
    FindObjects,
    #[serde(rename = "C_FindObjectsFinal")]
    FindObjectsFinal,
    #[serde(rename = "C_GetAttributeValue")]
    GetAttributeValue,
    #[serde(rename = "C_Login")]
    Login,
    #[serde(rename = "C_SignInit")]
    SignInit,
    #[serde(rename = "C_Sign")]
    Sign,
    #[serde(rename = "C_Logout")]
    Logout,
    #[serde(rename = "C_CloseSession")]
    CloseSession,
    #[serde(rename = "C_Finalize")]
    Finalize,
}

impl Function {
    /// Whether it gives back what another one took.
    pub const fn ends_something(self) -> bool {
        matches!(self, Self::FindObjectsFinal | Self::Logout | Self::CloseSession | Self::Finalize)
    }

    /// Its published name: `C_GetTokenInfo`; `load` for the loader.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Load => "load",
            Self::GetInterface => "C_GetInterface",
            Self::GetFunctionList => "C_GetFunctionList",
            Self::Initialize => "C_Initialize",
            Self::GetInfo => "C_GetInfo",
            Self::GetSlotList => "C_GetSlotList",
            Self::GetSlotInfo => "C_GetSlotInfo",
            Self::GetTokenInfo => "C_GetTokenInfo",
            Self::GetMechanismList => "C_GetMechanismList",
            Self::OpenSession => "C_OpenSession",
            Self::FindObjectsInit => "C_FindObjectsInit",
            Self::FindObjects => "C_FindObjects",
            Self::FindObjectsFinal => "C_FindObjectsFinal",
            Self::GetAttributeValue => "C_GetAttributeValue",
            Self::Login => "C_Login",
            Self::SignInit => "C_SignInit",
            Self::Sign => "C_Sign",
            Self::Logout => "C_Logout",
            Self::CloseSession => "C_CloseSession",
            Self::Finalize => "C_Finalize",
        }
    }
}

impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
