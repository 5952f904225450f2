//! What to order: which number, which certificates, which forms, signed by whom.

use super::forms::FormRow;
use super::notes::{LineRule, NoteRule};
use super::tables::{CertificateRule, KindRow, NumberRule, StructureRule};
use super::vocabulary::{
    Condition, Conflict, Contract, Counted, Form, Naming, Need, Offer, Per, Role, Segur, Structure, StructureNumber,
};

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
    /// Who asks, where it is known.
    pub role: Option<Role>,
    /// Software solutions that use the certificates themselves; at least 1.
    pub solutions: u32,
    /// Servers on which each solution is installed; at least 1.
    pub servers: u32,
    /// Sites of all the entities together; 0 where nobody said it.
    pub sites: u32,
    /// Legal entities; at least 1.
    pub entities: u32,
    /// RPPS ranks to be declared; only a structure that uses them has any.
    pub ranks: u32,
}

impl Request {
    /// A request of one legal entity for one solution on one server, and one rank.
    pub fn new(structure: Structure, contract: Contract, needs: Vec<Need>) -> Self {
        Self { structure, contract, needs, role: None, solutions: 1, servers: 1, sites: 0, entities: 1, ranks: 1 }
    }

    /// The same of somebody in this capacity.
    #[must_use]
    pub fn with_role(self, role: Option<Role>) -> Self {
        Self { role, ..self }
    }

    /// The same for so many solutions, on so many servers each; 0 counts as 1.
    #[must_use]
    pub fn with_solutions(self, solutions: u32, servers: u32) -> Self {
        Self { solutions: solutions.max(1), servers: servers.max(1), ..self }
    }

    /// The same for so many legal entities, which have so many sites together; 0 entities count as 1, 0 sites as not
    /// said.
    #[must_use]
    pub fn with_entities(self, entities: u32, sites: u32) -> Self {
        Self { entities: entities.max(1), sites, ..self }
    }

    /// The same for so many RPPS ranks; 0 counts as 1.
    #[must_use]
    pub fn with_ranks(self, ranks: u32) -> Self {
        Self { ranks: ranks.max(1), ..self }
    }

    /// The needs, each once, in the order of the rules. Where the mode of INSi is said, INSi alone says nothing more.
    fn needs(&self) -> Vec<Need> {
        let named = |need: &Need| self.needs.contains(need);
        let is_said = named(&Need::InsiAuto) || named(&Need::InsiManu);
        let counts = |need: &Need| named(need) && !(*need == Need::Insi && is_said);
        Need::ALL.iter().copied().filter(counts).collect()
    }

    /// Instances of software for each structure that has certificates of its own.
    fn instances(&self) -> u32 {
        self.solutions.max(1).saturating_mul(self.servers.max(1))
    }
}

/// What to order.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Order {
    /// The number to use: one, and where the contract is not known one for each that the structure may have.
    pub numbers: Vec<NumberAdvice>,
    /// The certificates.
    pub certificates: Vec<CertificateLine>,
    /// The forms, in the order in which they are sent.
    pub forms: Vec<FormLine>,
    /// Who signs.
    pub structure: Option<&'static StructureRule>,
    /// What is written into form F413; empty where none is sent.
    pub lines: Vec<&'static LineRule>,
    /// What else is to be known.
    pub notes: Vec<&'static NoteRule>,
    /// Where the documents disagree and the answer changes with it: to be confirmed with ANS. Each once.
    pub conflicts: Vec<Conflict>,
}

/// The number to use.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct NumberAdvice {
    /// With this contract.
    pub contract: Contract,
    /// For which needs.
    pub needs: Vec<Need>,
    /// The rule.
    pub rule: &'static NumberRule,
}

/// A certificate to order.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CertificateLine {
    /// How many, at least 1; none where no document counts them.
    pub count: Option<u32>,
    /// How many, where it is the sites that have certificates and the choice is open.
    pub count_by_site: Option<u32>,
    /// What it is for; one certificate of an instance serves all of them.
    pub needs: Vec<Need>,
    /// Which; of the first of its needs.
    pub rule: &'static CertificateRule,
    /// The rules of all its needs.
    pub rules: Vec<&'static CertificateRule>,
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
    /// Sent only where the structure has this contract; none for always.
    pub only_with: Option<Contract>,
}

/// Answers a request by the tables.
pub fn order(request: &Request) -> Order {
    let needs = request.needs();
    let numbers = numbers(request, &needs);
    let (scopes, by_site) = scopes(request, &numbers);
    let certificates = certificates(request, &needs, scopes, by_site);
    let structure = StructureRule::of(request.structure, request.contract);
    let mut forms = first(request, scopes);
    forms.extend(declaration(request, scopes, &numbers, &certificates));
    let is_declared = forms.iter().any(|line| line.form.form == Form::F413);
    let lines = LineRule::all().iter().filter(|line| is_declared && is_written(line, &certificates)).collect();
    let notes = NoteRule::of(request, &conditions(request, &numbers));
    let found: Vec<_> = numbers.iter().filter_map(|number| number.rule.conflict).collect();
    // one site is one site: the documents agree about it
    let changes = |one: &Conflict| found.contains(one) && (*one != Conflict::MultiSite || request.sites != 1);
    let conflicts = Conflict::ALL.iter().copied().filter(changes).collect();
    Order { numbers, certificates, forms, structure, lines, notes, conflicts }
}

/// One contract has one number: the rules of the Ségur decide where one of the needs belongs to it.
fn numbers(request: &Request, needs: &[Need]) -> Vec<NumberAdvice> {
    let is_segur = |need: &Need| CertificateRule::of(*need).any(|rule| rule.segur == Segur::Yes);
    let segur = if needs.iter().any(is_segur) { Segur::Yes } else { Segur::No };
    let possible = match request.contract {
        Contract::Unknown => KindRow::of(request.structure).map(KindRow::contracts).unwrap_or_default(),
        _ => std::slice::from_ref(&request.contract),
    };
    let advice = possible.iter().filter_map(|contract| {
        let rule = NumberRule::of(request.structure, segur, *contract)?;
        Some(NumberAdvice { contract: *contract, needs: needs.to_vec(), rule })
    });
    advice.collect()
}

/// How many structures have certificates of their own, and how many it would be by site where that is open.
fn scopes(request: &Request, numbers: &[NumberAdvice]) -> (u32, Option<u32>) {
    let entities = request.entities.max(1);
    let sites = request.sites.max(entities);
    let is = |per: Per| !numbers.is_empty() && numbers.iter().all(|advice| advice.rule.per == per);
    if is(Per::Site) {
        (sites, None)
    } else if is(Per::Entity) || sites == entities {
        (entities, None)
    } else {
        (entities, Some(sites))
    }
}

/// One certificate of an instance serves every need that asks for the same without a name of its own.
fn certificates(request: &Request, needs: &[Need], scopes: u32, by_site: Option<u32>) -> Vec<CertificateLine> {
    let mut lines: Vec<CertificateLine> = Vec::new();
    for rule in needs.iter().flat_map(|need| CertificateRule::of(*need)) {
        let is_same = |line: &&mut CertificateLine| {
            let other = line.rule;
            let is_free = rule.naming == Naming::Free && other.naming == Naming::Free;
            is_free && rule.offer == other.offer && rule.usage == other.usage
        };
        if let Some(line) = lines.iter_mut().find(is_same) {
            line.needs.push(rule.need);
            line.rules.push(rule);
            continue;
        }
        let is_counted = rule.counted == Counted::Instance;
        let of = |scopes: u32| scopes.saturating_mul(request.instances());
        lines.push(CertificateLine {
            count: is_counted.then(|| of(scopes)),
            count_by_site: by_site.filter(|_| is_counted).map(of),
            needs: vec![rule.need],
            rule,
            rules: vec![rule],
        });
    }
    lines
}

/// The forms that come before: the card of who signs, and the contract.
fn first(request: &Request, scopes: u32) -> Vec<FormLine> {
    let (contract, only_with) = match request.contract {
        Contract::Unknown => (Contract::None, Some(Contract::None)),
        known => (known, None),
    };
    let may_be = KindRow::of(request.structure).is_some_and(|kind| kind.contracts().contains(&contract));
    let rule = StructureRule::of(request.structure, contract).filter(|_| may_be || only_with.is_none());
    let rows = rule.into_iter().flat_map(StructureRule::first).filter_map(|form| FormRow::of(*form));
    rows.map(|form| FormLine { form, copies: scopes, offers: Vec::new(), only_with }).collect()
}

/// One copy of F413 for each family of certificates of each structure, and a further one for every four RPPS ranks.
fn declaration(
    request: &Request,
    scopes: u32,
    numbers: &[NumberAdvice],
    certificates: &[CertificateLine],
) -> Option<FormLine> {
    let asked = |offer: &Offer| certificates.iter().any(|line| line.rule.offer == *offer);
    let offers: Vec<_> = Offer::ALL.iter().copied().filter(asked).collect();
    let families = u32::try_from(offers.len()).unwrap_or(u32::MAX);
    let by_rank = numbers.iter().any(|advice| advice.rule.number == StructureNumber::RppsRank);
    let sheets = if by_rank { request.ranks.max(1).div_ceil(RANKS_PER_COPY) } else { scopes };
    let form = FormRow::of(Form::F413).filter(|_| families > 0)?;
    Some(FormLine { form, copies: families.saturating_mul(sheets), offers, only_with: None })
}

/// A line of the form belongs to every order, to a family, or to a box that one usage names.
fn is_written(line: &LineRule, certificates: &[CertificateLine]) -> bool {
    let of_box = line.of_box.as_str();
    let is_in = |line: &CertificateLine| line.rule.offer.code() == of_box || line.rule.usage.starts_with(of_box);
    of_box == "*" || certificates.iter().any(is_in)
}

fn conditions(request: &Request, numbers: &[NumberAdvice]) -> Vec<Condition> {
    let has = |number: StructureNumber| numbers.iter().any(|advice| advice.rule.number == number);
    let chosen = has(StructureNumber::SiteThenLegal);
    let holds = |condition: Condition| match condition {
        Condition::Always => true,
        Condition::SeveralEntities => request.entities > 1,
        Condition::SeveralSites => request.sites > 1,
        Condition::SeveralInstances => request.instances() > 1,
        Condition::Publisher => request.role == Some(Role::Publisher),
        Condition::ByLegal => chosen || has(StructureNumber::FinessLegal),
        Condition::BySite => chosen || has(StructureNumber::FinessSite),
    };
    Condition::ALL.iter().copied().filter(|condition| holds(*condition)).collect()
}
