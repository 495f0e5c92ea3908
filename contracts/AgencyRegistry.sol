// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";
import {CreditCode} from "./CreditCode.sol";
import {RegionalAuthority} from "./RegionalAuthority.sol";
import {Regions} from "./Regions.sol";
import {Sm2Curve} from "./Sm2Curve.sol";
import {IAgencyRegistry} from "./interfaces/IAgencyRegistry.sol";
import {ICertificateCatalog} from "./interfaces/ICertificateCatalog.sol";

/// @title Who may issue what (发证机关名录)
contract AgencyRegistry is IAgencyRegistry, RegionalAuthority {
    using CreditCode for bytes18;
    using Regions for uint24;

    enum KeyState {
        Unknown,
        Trusted,
        Ended,
        Distrusted
    }

    /// @dev What a document key is, and what it was before it was distrusted.
    struct DocumentKey {
        KeyState state;
        KeyState formerState;
    }

    uint8 private constant HIGHEST_ASSURANCE = 4;

    /// @dev The catalogue that knows the types an agency can be entitled to.
    ICertificateCatalog private immutable _certificateCatalog;

    mapping(bytes18 agency => Agency) private _agencies;
    mapping(bytes18 agency => bytes18) private _successors;
    mapping(address account => Operator) private _operators;
    mapping(bytes18 agency => mapping(bytes21 certificateType => Entitlement))
        private _entitlements;
    mapping(bytes18 agency => mapping(bytes32 keyId => DocumentKey)) private _documentKeys;

    /// @inheritdoc IAgencyRegistry
    uint64 public override sequence;

    /// @param manager The access manager that says who is an authority over which region.
    /// @param catalog The catalogue of certificate types.
    constructor(IAccessManager manager, ICertificateCatalog catalog) RegionalAuthority(manager) {
        _certificateCatalog = catalog;
    }

    modifier onlyAuthorityOf(bytes18 agency) {
        _requireAuthorityOf(agency);
        _;
    }

    /// @inheritdoc IAgencyRegistry
    function registerAgency(
        bytes18 agency,
        uint24 region,
        string calldata name,
        uint64 effectiveFrom,
        string calldata basis
    ) external override {
        if (!agency.isValid()) revert AgencyRegistryMalformedAgency(agency);
        if (!region.isValid()) revert AgencyRegistryInvalidRegion(region);
        _requireAuthority(region);
        if (_isKnown(agency)) revert AgencyRegistryAgencyExists(agency);

        _agencies[agency] = Agency(region, AgencyStatus.Active, effectiveFrom);
        emit AgencyRegistered(agency, region, name, effectiveFrom, basis, msg.sender, ++sequence);
    }

    /// @inheritdoc IAgencyRegistry
    function setAgencyStatus(
        bytes18 agency,
        AgencyStatus status,
        uint64 effectiveFrom,
        string calldata basis
    ) external override onlyAuthorityOf(agency) {
        Agency storage entry = _agencies[agency];
        if (!_isLawful(entry.status, status)) {
            revert AgencyRegistryInvalidStatusChange(agency, entry.status, status);
        }

        entry.status = status;
        entry.since = effectiveFrom;
        emit AgencyStatusChanged(agency, status, effectiveFrom, basis, msg.sender, ++sequence);
    }

    /// @inheritdoc IAgencyRegistry
    function succeedAgency(
        bytes18 agency,
        bytes18 successor,
        uint64 effectiveFrom,
        string calldata basis
    ) external override onlyAuthorityOf(agency) {
        bytes18 named = _successors[agency];
        if (named != 0) revert AgencyRegistrySuccessorNamed(agency, named);
        if (agency == successor || _agencies[successor].status != AgencyStatus.Active) {
            revert AgencyRegistryInvalidSuccessor(agency, successor);
        }
        _requireAuthorityOf(successor);

        _successors[agency] = successor;
        _close(agency, effectiveFrom);
        emit AgencySucceeded(agency, successor, effectiveFrom, basis, msg.sender, ++sequence);
    }

    /// @inheritdoc IAgencyRegistry
    function grantEntitlement(
        bytes18 agency,
        bytes21 certificateType,
        uint64 validFrom,
        uint64 validUntil,
        uint8 assurance,
        string calldata basis
    ) external override onlyAuthorityOf(agency) {
        _requireWindow(validFrom, validUntil);
        if (assurance == 0 || assurance > HIGHEST_ASSURANCE) {
            revert AgencyRegistryInvalidAssurance(assurance);
        }

        _entitlements[agency][certificateType] = Entitlement(
            validFrom,
            validUntil,
            _grantableNumberOf(certificateType),
            assurance
        );
        emit EntitlementGranted(
            agency,
            certificateType,
            validFrom,
            validUntil,
            assurance,
            basis,
            msg.sender,
            ++sequence
        );
    }

    /// @inheritdoc IAgencyRegistry
    function endEntitlement(
        bytes18 agency,
        bytes21 certificateType,
        string calldata basis
    ) external override onlyAuthorityOf(agency) {
        Entitlement storage entitlement = _entitlements[agency][certificateType];
        if (entitlement.typeNumber == 0 || _isOver(entitlement.validUntil)) {
            revert AgencyRegistryNotEntitled(agency, certificateType);
        }

        entitlement.validUntil = uint64(block.timestamp);
        emit EntitlementEnded(agency, certificateType, basis, msg.sender, ++sequence);
    }

    /// @inheritdoc IAgencyRegistry
    function addOperator(
        bytes18 agency,
        address account,
        uint48 validFrom,
        uint48 validUntil,
        string calldata basis
    ) external override onlyAuthorityOf(agency) {
        _requireWindow(validFrom, validUntil);
        bytes18 served = _operators[account].agency;
        if (served != 0 && served != agency) revert AgencyRegistryOperatorTaken(account, served);
        if (_operators[account].isDistrusted) revert AgencyRegistryOperatorDistrusted(account);

        _operators[account] = Operator(agency, validFrom, validUntil, false);
        emit OperatorAdded(agency, account, validFrom, validUntil, basis, msg.sender, ++sequence);
    }

    /// @inheritdoc IAgencyRegistry
    function removeOperator(address account, string calldata basis) external override {
        Operator storage operator = _operators[account];
        bytes18 agency = operator.agency;
        if (agency == 0) revert AgencyRegistryNotAnOperator(account);
        _requireAuthorityOf(agency);
        if (_isOver(operator.validUntil)) revert AgencyRegistryNotAnOperator(account);

        operator.validUntil = uint48(block.timestamp);
        emit OperatorRemoved(agency, account, basis, msg.sender, ++sequence);
    }

    /// @inheritdoc IAgencyRegistry
    function distrustOperator(
        bytes18 agency,
        address account,
        uint64 since,
        string calldata basis
    ) external override onlyAuthorityOf(agency) {
        Operator storage operator = _operators[account];
        if (operator.agency != agency) revert AgencyRegistryNotAnOperator(account);

        operator.isDistrusted = true;
        if (!_isOver(operator.validUntil)) operator.validUntil = uint48(block.timestamp);
        emit OperatorDistrusted(agency, account, since, basis, msg.sender, ++sequence);
    }

    /// @inheritdoc IAgencyRegistry
    function liftOperatorDistrust(
        bytes18 agency,
        address account,
        string calldata basis
    ) external override onlyAuthorityOf(agency) {
        Operator storage operator = _operators[account];
        if (operator.agency != agency) revert AgencyRegistryNotAnOperator(account);
        if (!operator.isDistrusted) revert AgencyRegistryNotDistrusted(account);

        operator.isDistrusted = false;
        emit OperatorDistrustLifted(agency, account, basis, msg.sender, ++sequence);
    }

    /// @inheritdoc IAgencyRegistry
    function addDocumentKey(
        bytes18 agency,
        KeyAlgorithm algorithm,
        bytes32 x,
        bytes32 y,
        uint64 validFrom,
        uint64 validUntil,
        string calldata basis
    ) external override onlyAuthorityOf(agency) {
        _requireWindow(validFrom, validUntil);
        if (!_isOnCurve(algorithm, x, y)) revert AgencyRegistryInvalidDocumentKey(x, y);
        bytes32 keyId = keccak256(abi.encode(x, y));
        DocumentKey storage key = _documentKeys[agency][keyId];
        if (key.state != KeyState.Unknown) revert AgencyRegistryDocumentKeyExists(agency, keyId);

        key.state = KeyState.Trusted;
        emit DocumentKeyAdded(
            agency,
            keyId,
            algorithm,
            x,
            y,
            validFrom,
            validUntil,
            basis,
            msg.sender,
            ++sequence
        );
    }

    /// @inheritdoc IAgencyRegistry
    function endDocumentKey(
        bytes18 agency,
        bytes32 keyId,
        string calldata basis
    ) external override onlyAuthorityOf(agency) {
        DocumentKey storage key = _documentKeys[agency][keyId];
        if (key.state != KeyState.Trusted) revert AgencyRegistryUnknownDocumentKey(agency, keyId);

        key.state = KeyState.Ended;
        emit DocumentKeyEnded(agency, keyId, basis, msg.sender, ++sequence);
    }

    /// @inheritdoc IAgencyRegistry
    function distrustDocumentKey(
        bytes18 agency,
        bytes32 keyId,
        string calldata basis
    ) external override onlyAuthorityOf(agency) {
        DocumentKey storage key = _documentKeys[agency][keyId];
        if (key.state == KeyState.Unknown || key.state == KeyState.Distrusted) {
            revert AgencyRegistryUnknownDocumentKey(agency, keyId);
        }

        key.formerState = key.state;
        key.state = KeyState.Distrusted;
        emit DocumentKeyDistrusted(agency, keyId, basis, msg.sender, ++sequence);
    }

    /// @inheritdoc IAgencyRegistry
    function liftDocumentKeyDistrust(
        bytes18 agency,
        bytes32 keyId,
        string calldata basis
    ) external override onlyAuthorityOf(agency) {
        DocumentKey storage key = _documentKeys[agency][keyId];
        if (key.state != KeyState.Distrusted) {
            revert AgencyRegistryUnknownDocumentKey(agency, keyId);
        }

        key.state = key.formerState;
        emit DocumentKeyDistrustLifted(agency, keyId, basis, msg.sender, ++sequence);
    }

    /// @inheritdoc IAgencyRegistry
    function issuerOf(
        address account,
        bytes21 certificateType
    ) external view override returns (bytes18 agency, uint32 typeNumber) {
        Operator storage operator = _operators[account];
        agency = operator.agency;
        if (agency == 0 || !_isOpen(operator.validFrom, operator.validUntil)) {
            revert AgencyRegistryNotAnOperator(account);
        }

        AgencyStatus status = _agencies[agency].status;
        if (status != AgencyStatus.Active) revert AgencyRegistryInactiveAgency(agency, status);

        Entitlement storage entitlement = _entitlements[agency][certificateType];
        typeNumber = entitlement.typeNumber;
        if (typeNumber == 0 || !_isOpen(entitlement.validFrom, entitlement.validUntil)) {
            revert AgencyRegistryNotEntitled(agency, certificateType);
        }
    }

    /// @inheritdoc IAgencyRegistry
    function mayChangeStatus(
        address account,
        bytes18 agency
    ) external view override returns (bool) {
        if (!_isKnown(agency)) return false;
        return
            isActiveOperator(account, _actingFor(agency)) ||
            _isAuthority(account, _agencies[agency].region);
    }

    /// @inheritdoc IAgencyRegistry
    function agencyOf(bytes18 agency) external view override returns (Agency memory) {
        return _agencies[agency];
    }

    /// @inheritdoc IAgencyRegistry
    function successorOf(bytes18 agency) external view override returns (bytes18) {
        return _successors[agency];
    }

    /// @inheritdoc IAgencyRegistry
    function operatorOf(address account) external view override returns (Operator memory) {
        return _operators[account];
    }

    /// @inheritdoc IAgencyRegistry
    function entitlementOf(
        bytes18 agency,
        bytes21 certificateType
    ) external view override returns (Entitlement memory) {
        return _entitlements[agency][certificateType];
    }

    /// @inheritdoc IAgencyRegistry
    function isActiveOperator(address account, bytes18 agency) public view override returns (bool) {
        Operator storage operator = _operators[account];
        return
            operator.agency == agency &&
            _agencies[agency].status == AgencyStatus.Active &&
            _isOpen(operator.validFrom, operator.validUntil);
    }

    function _close(bytes18 agency, uint64 effectiveFrom) private {
        Agency storage entry = _agencies[agency];
        if (entry.status == AgencyStatus.Closed) return;
        entry.status = AgencyStatus.Closed;
        entry.since = effectiveFrom;
    }

    function _requireAuthorityOf(bytes18 agency) private view {
        if (!_isKnown(agency)) revert AgencyRegistryUnknownAgency(agency);
        _requireAuthority(_agencies[agency].region);
    }

    function _isKnown(bytes18 agency) private view returns (bool) {
        return _agencies[agency].status != AgencyStatus.Unknown;
    }

    /// @dev The agency itself or, when that is closed, the first of its successors that is not; 0 when there
    /// is none. The way is never a circle: who succeeds is active, and all before it are closed for good.
    function _actingFor(bytes18 agency) private view returns (bytes18 acting) {
        acting = agency;
        while (_agencies[acting].status == AgencyStatus.Closed) acting = _successors[acting];
    }

    function _grantableNumberOf(bytes21 certificateType) private view returns (uint32) {
        ICertificateCatalog.CertificateType memory entry = _certificateCatalog.typeOf(
            certificateType
        );
        if (entry.number == 0 || entry.retired) revert AgencyRegistryUnknownType(certificateType);
        return entry.number;
    }

    /// @dev An end of 0 wraps around to the end of time.
    function _isOpen(uint64 validFrom, uint64 validUntil) private view returns (bool) {
        unchecked {
            return block.timestamp >= validFrom && block.timestamp <= validUntil - 1;
        }
    }

    function _isOver(uint64 validUntil) private view returns (bool) {
        return validUntil != 0 && block.timestamp >= validUntil;
    }

    function _isLawful(AgencyStatus from, AgencyStatus to) private pure returns (bool) {
        return from != to && from != AgencyStatus.Closed && to != AgencyStatus.Unknown;
    }

    function _isOnCurve(KeyAlgorithm algorithm, bytes32 x, bytes32 y) private pure returns (bool) {
        if (algorithm == KeyAlgorithm.SM2) return Sm2Curve.isPoint(x, y);
        return P256.isValidPublicKey(x, y);
    }

    function _requireWindow(uint64 validFrom, uint64 validUntil) private pure {
        if (validUntil != 0 && validUntil <= validFrom) {
            revert AgencyRegistryInvalidWindow(validFrom, validUntil);
        }
    }
}
