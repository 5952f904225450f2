//! What to order: which number, which certificates, which forms, signed by whom.

use super::tables::{CertificateRule, FormRow, NumberRule, StructureRule};
use super::vocabulary::{Conflict, Contract, Form, Need, Offer, Segur, Structure, StructureNumber};

/// RPPS ranks on one copy of form F413 (section 3.1).
const RANKS_PER_COPY: u32 = 4;

/// Who orders, and what for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Request {
    /// The kind of structure.
    pub structure: Structure,
    /// The contract that it has today.
    pub contract: Contract,
    /// What the certificates are for; one named twice counts once.
    pub needs: Vec<Need>,
    /// Software solutions that feed the DMP under the same FINESS, one set of certificates each; at least 1.
    pub solutions: u32,
    /// RPPS ranks to be declared; only a structure that uses them has any.
    pub ranks: u32,
}

impl Request {
    /// A request for one solution and one rank.
    pub fn new(structure: Structure, contract: Contract, needs: Vec<Need>) -> Self {
        Self { structure, contract, needs, solutions: 1, ranks: 1 }
    }

    /// The same for so many solutions that feed the DMP; 0 counts as 1.
    #[must_use]
    pub fn with_solutions(self, solutions: u32) -> Self {
        Self { solutions: solutions.max(1), ..self }
    }

    /// The same for so many RPPS ranks; 0 counts as 1.
    #[must_use]
    pub fn with_ranks(self, ranks: u32) -> Self {
        Self { ranks: ranks.max(1), ..self }
    }
}

/// What to order.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Order {
    /// The number to use; two entries where the projects of the Ségur and the others differ.
    pub numbers: Vec<NumberAdvice>,
    /// The certificates.
    pub certificates: Vec<CertificateLine>,
    /// The forms, in the order in which they are sent.
    pub forms: Vec<FormLine>,
    /// Who signs.
    pub structure: Option<&'static StructureRule>,
    /// Where the documents disagree: to be confirmed with ANS. Each once.
    pub conflicts: Vec<Conflict>,
}

/// The number to use for some needs.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct NumberAdvice {
    /// For which needs.
    pub needs: Vec<Need>,
    /// The rule.
    pub rule: &'static NumberRule,
}

/// A certificate to order.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CertificateLine {
    /// How many, at least 1.
    pub count: u32,
    /// Which.
    pub rule: &'static CertificateRule,
}

/// A form to send.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct FormLine {
    /// Its row.
    pub form: &'static FormRow,
    /// How many copies, at least 1.
    pub copies: u32,
    /// The families of certificates that the copies are for; empty for a form that comes before.
    pub offers: Vec<Offer>,
}

/// Answers a request by the tables.
pub fn order(request: &Request) -> Order {
    let certificates = certificates(request);
    let numbers = numbers(request, &certificates);
    let structure = StructureRule::of(request.structure, request.contract);
    let mut forms: Vec<_> =
        structure.into_iter().flat_map(StructureRule::first).filter_map(|form| single(*form)).collect();
    forms.extend(declaration(request, &numbers, &certificates));

    let found = numbers.iter().filter_map(|number| number.rule.conflict);
    let found = found.chain(structure.and_then(|rule| rule.conflict));
    let found = found.chain(forms.iter().filter_map(|line| line.form.conflict));
    let found: Vec<_> = found.chain(certificates.iter().filter_map(|line| line.rule.conflict)).collect();
    let conflicts = Conflict::ALL.iter().copied().filter(|one| found.contains(one)).collect();
    Order { numbers, certificates, forms, structure, conflicts }
}

fn certificates(request: &Request) -> Vec<CertificateLine> {
    let needs = Need::ALL.iter().filter(|need| request.needs.contains(need));
    let lines = needs.flat_map(|need| CertificateRule::of(*need)).map(|rule| {
        let count = if rule.need == Need::Dmp { request.solutions.max(1) } else { 1 };
        CertificateLine { count, rule }
    });
    lines.collect()
}

/// Projects of the Ségur first; the others apart only where their number is another.
fn numbers(request: &Request, certificates: &[CertificateLine]) -> Vec<NumberAdvice> {
    let needs = |segur| -> Vec<Need> {
        let of_kind =
            |need: &&Need| certificates.iter().any(|line| line.rule.need == **need && line.rule.segur == segur);
        Need::ALL.iter().filter(of_kind).copied().collect()
    };
    let mut advice: Vec<NumberAdvice> = Vec::new();
    for segur in [Segur::Yes, Segur::No] {
        let needs = needs(segur);
        let rule = NumberRule::of(request.structure, segur, request.contract).filter(|_| !needs.is_empty());
        match (rule, advice.first_mut()) {
            (Some(rule), Some(first)) if first.rule.number == rule.number => first.needs.extend(needs),
            (Some(rule), _) => advice.push(NumberAdvice { needs, rule }),
            (None, _) => {}
        }
    }
    advice
}

fn single(form: Form) -> Option<FormLine> {
    FormRow::of(form).map(|form| FormLine { form, copies: 1, offers: Vec::new() })
}

/// One copy of F413 for each family of certificates, and a further one for every four RPPS ranks.
fn declaration(request: &Request, numbers: &[NumberAdvice], certificates: &[CertificateLine]) -> Option<FormLine> {
    let asked = |offer: &Offer| certificates.iter().any(|line| line.rule.offer == *offer);
    let offers: Vec<_> = Offer::ALL.iter().copied().filter(asked).collect();
    let families = u32::try_from(offers.len()).unwrap_or(u32::MAX);
    let by_rank = numbers.iter().any(|advice| advice.rule.number == StructureNumber::RppsRank);
    let sheets = if by_rank { request.ranks.max(1).div_ceil(RANKS_PER_COPY) } else { 1 };
    let form = FormRow::of(Form::F413).filter(|_| families > 0)?;
    Some(FormLine { form, copies: families.saturating_mul(sheets), offers })
}
