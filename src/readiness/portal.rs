//! The portals, and the ways in which a browser reaches the card.

/// A portal that people enter with their card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Portal {
    /// The platform where software certificates are ordered.
    IgcSante,
    /// The portal where professionals are registered.
    RppsPlus,
    /// Cards of the staff of a structure.
    Tom,
    /// Cards of the staff of a liberal practice.
    Tops,
    /// Pro Santé Connect by card.
    ProSanteConnect,
    /// Activation of the e-CPS by card.
    ECps,
}

impl Portal {
    /// Every portal.
    pub const ALL: [Self; 6] =
        [Self::IgcSante, Self::RppsPlus, Self::Tom, Self::Tops, Self::ProSanteConnect, Self::ECps];

    /// The stable code, which is also what the user types: `igc-sante`, `rpps-plus`, `tom`, `tops`, `psc`, `e-cps`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::IgcSante => "igc-sante",
            Self::RppsPlus => "rpps-plus",
            Self::Tom => "tom",
            Self::Tops => "tops",
            Self::ProSanteConnect => "psc",
            Self::ECps => "e-cps",
        }
    }

    /// The portal of this code, written as in the table of checks or of hosts as well (`igc`, `rpps`, `ecps`).
    ///
    /// ```
    /// use cpx_card::Portal;
    ///
    /// assert_eq!(Portal::of("igc-sante"), Some(Portal::IgcSante));
    /// assert_eq!(Portal::of("ecps"), Some(Portal::ECps));
    /// assert_eq!(Portal::of("dmp"), None);
    /// ```
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|portal| portal.code() == code || portal.network_code() == code)
    }

    /// Its code in the facts of the network.
    pub const fn network_code(self) -> &'static str {
        match self {
            Self::IgcSante => "igc",
            Self::RppsPlus => "rpps",
            Self::Tom => "tom",
            Self::Tops => "tops",
            Self::ProSanteConnect => "psc",
            Self::ECps => "ecps",
        }
    }
}

/// The way in which a browser reaches the certificate and the key of the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum BrowserPath {
    /// The store of Windows: Edge, Chrome, Chromium.
    WindowsStore,
    /// The CPS module, loaded by Firefox itself.
    FirefoxModule,
    /// The certificates of the system, as Firefox reads them (`security.osclientcerts`).
    SystemCertificates,
    /// `CryptoTokenKit` of macOS: Safari, Chrome, Edge.
    CryptoTokenKit,
    /// The NSS database of Chrome, Chromium and Edge on Linux.
    Nss,
}

impl BrowserPath {
    /// Every path.
    pub const ALL: [Self; 5] =
        [Self::WindowsStore, Self::FirefoxModule, Self::SystemCertificates, Self::CryptoTokenKit, Self::Nss];

    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::WindowsStore => "windows-store",
            Self::FirefoxModule => "firefox-module",
            Self::SystemCertificates => "system-certificates",
            Self::CryptoTokenKit => "crypto-token-kit",
            Self::Nss => "nss",
        }
    }

    /// The path of this code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|path| path.code() == code)
    }
}
