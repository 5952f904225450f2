//! The devices that are there, as the device manager lists them.

#![allow(unsafe_code)]

use std::ptr::{null, null_mut};

use windows_sys::Win32::Devices::DeviceAndDriverInstallation::{
    CM_DEVNODE_STATUS_FLAGS, CM_Get_DevNode_Status, CM_PROB, CR_SUCCESS, DIGCF_ALLCLASSES, DIGCF_PRESENT, HDEVINFO,
    SETUP_DI_REGISTRY_PROPERTY, SP_DEVINFO_DATA, SPDRP_COMPATIBLEIDS, SPDRP_DEVICEDESC, SPDRP_DRIVER,
    SPDRP_FRIENDLYNAME, SPDRP_HARDWAREID, SPDRP_SERVICE, SetupDiDestroyDeviceInfoList, SetupDiEnumDeviceInfo,
    SetupDiGetClassDevsW, SetupDiGetDeviceRegistryPropertyW,
};
use windows_sys::core::GUID;

use super::{last, wide};
use crate::limits;
use crate::workstation::Reason;
use crate::workstation::windows::devices::Device;
use crate::workstation::windows::registry::Value;

/// `GUID_DEVCLASS_SMARTCARDREADER`.
const READERS: GUID = GUID::from_u128(0x50dd5230_ba8a_11d1_bf5d_0000f805f530);
/// Bytes of one property of a device.
const PROPERTY_BYTES: usize = 4096;

struct Devices(HDEVINFO);

impl Drop for Devices {
    fn drop(&mut self) {
        // SAFETY: the list was made for us and is given back once.
        unsafe { SetupDiDestroyDeviceInfoList(self.0) };
    }
}

/// The devices of the class of smart card readers.
///
/// # Errors
/// Why Windows does not list them.
pub(in crate::workstation::windows) fn readers() -> Result<Vec<Device>, Reason> {
    // SAFETY: the class is a constant; no enumerator and no window are given.
    list(unsafe { SetupDiGetClassDevsW(&READERS, null(), null_mut(), DIGCF_PRESENT) })
}

/// The devices on the USB.
///
/// # Errors
/// Why Windows does not list them.
pub(in crate::workstation::windows) fn on_usb() -> Result<Vec<Device>, Reason> {
    let usb = wide("USB");
    // SAFETY: the enumerator ends with NUL; no class and no window are given.
    list(unsafe { SetupDiGetClassDevsW(null(), usb.as_ptr(), null_mut(), DIGCF_PRESENT | DIGCF_ALLCLASSES) })
}

fn list(devices: HDEVINFO) -> Result<Vec<Device>, Reason> {
    // the list that is none: INVALID_HANDLE_VALUE
    if devices == -1 {
        return Err(last("SetupDiGetClassDevs"));
    }
    let devices = Devices(devices);
    let mut found = Vec::new();
    for index in 0..limits::DEVICES {
        let size = u32::try_from(size_of::<SP_DEVINFO_DATA>()).unwrap_or_default();
        let mut data = SP_DEVINFO_DATA { cbSize: size, ..Default::default() };
        // SAFETY: the structure tells its size, as the call demands.
        if unsafe { SetupDiEnumDeviceInfo(devices.0, index, &raw mut data) } == 0 {
            break;
        }
        found.push(device(&devices, &data));
    }
    Ok(found)
}

fn device(devices: &Devices, data: &SP_DEVINFO_DATA) -> Device {
    let text = |property| match read(devices, data, property) {
        Some(Value::Text(text)) => text,
        _ => String::new(),
    };
    let texts = |property| match read(devices, data, property) {
        Some(Value::Texts(texts)) => texts,
        _ => Vec::new(),
    };
    let friendly = text(SPDRP_FRIENDLYNAME);
    Device {
        name: if friendly.is_empty() { text(SPDRP_DEVICEDESC) } else { friendly },
        hardware_ids: texts(SPDRP_HARDWAREID),
        compatible_ids: texts(SPDRP_COMPATIBLEIDS),
        driver: text(SPDRP_DRIVER),
        service: text(SPDRP_SERVICE),
        problem: problem(data),
    }
}

fn read(devices: &Devices, data: &SP_DEVINFO_DATA, property: SETUP_DI_REGISTRY_PROPERTY) -> Option<Value> {
    let mut buffer = [0_u8; PROPERTY_BYTES];
    let (mut kind, mut length) = (0, 0);
    let size = u32::try_from(PROPERTY_BYTES).unwrap_or_default();
    // SAFETY: the device is one of the list; the buffer has the size that is told.
    let told = unsafe {
        SetupDiGetDeviceRegistryPropertyW(
            devices.0,
            data,
            property,
            &raw mut kind,
            buffer.as_mut_ptr(),
            size,
            &raw mut length,
        )
    };
    let bytes = usize::try_from(length).ok().and_then(|length| buffer.get(..length));
    bytes.filter(|_| told != 0).map(|bytes| Value::decode(kind, bytes))
}

fn problem(data: &SP_DEVINFO_DATA) -> u32 {
    let (mut status, mut problem): (CM_DEVNODE_STATUS_FLAGS, CM_PROB) = (0, 0);
    // SAFETY: both numbers are written by the call.
    let code = unsafe { CM_Get_DevNode_Status(&raw mut status, &raw mut problem, data.DevInst, 0) };
    if code == CR_SUCCESS { problem } else { 0 }
}
