// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAgencyRegistry} from "./interfaces/IAgencyRegistry.sol";
import {IAuthorityRegistry} from "./interfaces/IAuthorityRegistry.sol";
import {IBatchAnchor} from "./interfaces/IBatchAnchor.sol";
import {ICertificateCatalog} from "./interfaces/ICertificateCatalog.sol";
import {IRegionalAuthority} from "./interfaces/IRegionalAuthority.sol";

/// @title Which batches exist (锚定)
contract BatchAnchor is IBatchAnchor {
    /// @dev A record in one storage slot. The type's number stands for its code and the last index for
    /// the size, which goes up to 2^32. A record exists when its sequence number is not 0.
    struct PackedRecord {
        uint32 typeNumber;
        uint16 schemaVersion;
        uint32 lastIndex;
        uint8 suite;
        uint64 time;
        uint64 sequence;
    }

    /// @dev Holds the record, so that its place is computed once for reading it and writing it whole.
    struct Entry {
        PackedRecord record;
    }

    /// @dev What all batches of one transaction have in common.
    struct Issue {
        bytes18 agency;
        bytes21 certificateType;
        uint32 typeNumber;
        uint16 schemaVersion;
        uint8 suite;
    }

    uint8 private constant KECCAK256_SUITE = 1;
    uint8 private constant SM3_SUITE = 2;
    uint40 private constant LARGEST_SIZE = 2 ** 32;
    uint256 private constant FROZEN = 2 ** 64;

    /// @inheritdoc IBatchAnchor
    bytes32 public constant override DOMAIN = keccak256("liangzheng/batch-anchor/1");

    /// @dev The registry that says for which agency an account anchors.
    IAgencyRegistry private immutable _agencyRegistry;

    /// @dev The catalogue that gives a type's code for its number.
    ICertificateCatalog private immutable _certificateCatalog;

    mapping(bytes18 agency => mapping(bytes32 root => Entry)) private _entries;

    /// @inheritdoc IBatchAnchor
    bytes32 public override head;

    /// @dev The number of the last batch, or of the last ever with FROZEN added: one word, so that an anchor
    /// reads and writes it whole.
    uint256 private _state;

    /// @param registry The registry of agencies.
    /// @param catalog The catalogue of certificate types.
    constructor(IAgencyRegistry registry, ICertificateCatalog catalog) {
        _agencyRegistry = registry;
        _certificateCatalog = catalog;
    }

    /// @inheritdoc IBatchAnchor
    function anchor(
        bytes21 certificateType,
        uint16 schemaVersion,
        uint8 suite,
        Batch calldata batch
    ) external override {
        uint64 number = _requireNotFrozen() + 1;
        Issue memory issue = _issueOf(certificateType, schemaVersion, suite);
        head = _append(issue, batch, number, head);
        _state = number;
    }

    /// @inheritdoc IBatchAnchor
    function anchorMany(
        bytes21 certificateType,
        uint16 schemaVersion,
        uint8 suite,
        Batch[] calldata batches
    ) external override {
        uint64 number = _requireNotFrozen();
        if (batches.length == 0) revert BatchAnchorNothingToAnchor();
        Issue memory issue = _issueOf(certificateType, schemaVersion, suite);
        bytes32 newHead = head;
        for (uint256 i = 0; i < batches.length; i++) {
            newHead = _append(issue, batches[i], ++number, newHead);
        }
        head = newHead;
        _state = number;
    }

    /// @inheritdoc IBatchAnchor
    function freeze() external override {
        address manager = address(IRegionalAuthority(address(_agencyRegistry)).accessManager());
        if (msg.sender != manager || !IAuthorityRegistry(manager).isFrozen()) {
            revert BatchAnchorNotTheAuthorityRegistry(msg.sender);
        }

        _state |= FROZEN;
    }

    /// @inheritdoc IBatchAnchor
    function recordOf(
        bytes18 agency,
        bytes32 root
    ) external view override returns (Record memory record) {
        PackedRecord memory packed = _entries[agency][root].record;
        if (packed.sequence == 0) return record;
        record = Record({
            certificateType: _certificateCatalog.typeCodeOf(packed.typeNumber),
            schemaVersion: packed.schemaVersion,
            size: uint40(packed.lastIndex) + 1,
            suite: packed.suite,
            time: packed.time,
            sequence: packed.sequence
        });
    }

    /// @inheritdoc IBatchAnchor
    function sizeOf(bytes18 agency, bytes32 root) external view override returns (uint40) {
        PackedRecord storage packed = _entries[agency][root].record;
        unchecked {
            return packed.sequence == 0 ? 0 : uint40(packed.lastIndex) + 1;
        }
    }

    /// @inheritdoc IBatchAnchor
    function sequence() external view override returns (uint64) {
        return uint64(_state);
    }

    /// @inheritdoc IBatchAnchor
    function isFrozen() external view override returns (bool) {
        return _state >= FROZEN;
    }

    /// @return last The number of the last batch.
    function _requireNotFrozen() private view returns (uint64 last) {
        uint256 state = _state;
        if (state >= FROZEN) revert BatchAnchorFrozen();
        last = uint64(state);
    }

    function _issueOf(
        bytes21 certificateType,
        uint16 schemaVersion,
        uint8 suite
    ) private view returns (Issue memory issue) {
        if (schemaVersion == 0) revert BatchAnchorInvalidSchemaVersion(schemaVersion);
        if (suite != KECCAK256_SUITE && suite != SM3_SUITE) revert BatchAnchorUnknownSuite(suite);
        (issue.agency, issue.typeNumber) = _agencyRegistry.issuerOf(msg.sender, certificateType);
        issue.certificateType = certificateType;
        issue.schemaVersion = schemaVersion;
        issue.suite = suite;
    }

    function _append(
        Issue memory issue,
        Batch calldata batch,
        uint64 number,
        bytes32 previousHead
    ) private returns (bytes32 newHead) {
        bytes32 root = batch.root;
        uint40 size = batch.size;
        _record(issue, root, size, number);
        newHead = keccak256(
            abi.encode(
                DOMAIN,
                block.chainid,
                address(this),
                number,
                issue.agency,
                root,
                issue.certificateType,
                issue.schemaVersion,
                size,
                issue.suite,
                block.timestamp,
                batch.manifestHash,
                previousHead
            )
        );
        emit BatchAnchored(
            issue.agency,
            root,
            issue.certificateType,
            number,
            issue.schemaVersion,
            size,
            issue.suite,
            uint64(block.timestamp),
            batch.manifestHash,
            msg.sender,
            newHead
        );
    }

    function _record(Issue memory issue, bytes32 root, uint40 size, uint64 number) private {
        if (root == 0) revert BatchAnchorZeroRoot();
        if (size == 0 || size > LARGEST_SIZE) revert BatchAnchorInvalidSize(size);
        Entry storage entry = _entries[issue.agency][root];
        if (entry.record.sequence != 0) revert BatchAnchorAlreadyAnchored(issue.agency, root);

        entry.record = PackedRecord({
            typeNumber: issue.typeNumber,
            schemaVersion: issue.schemaVersion,
            lastIndex: uint32(size - 1),
            suite: issue.suite,
            time: uint64(block.timestamp),
            sequence: number
        });
    }
}
