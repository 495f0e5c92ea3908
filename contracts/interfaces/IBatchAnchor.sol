// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title Which batches exist (锚定)
/// @notice Keeps one record per agency and Merkle root, written once and never changed, and folds every
/// record into one head so that nobody can leave one out unnoticed.
/// @dev head_k = keccak256(abi.encode(DOMAIN, chainid, this contract, k, agency, root, type,
/// schemaVersion, size, suite, time, manifestHash, head_{k-1})), head_0 = 0.
interface IBatchAnchor {
    /// @notice One batch to anchor. `size` is the number of certificates, 1 to 2^32; `manifestHash` is
    /// the hash of the batch's public manifest, or 0.
    struct Batch {
        bytes32 root;
        uint40 size;
        bytes32 manifestHash;
    }

    /// @notice The record of one batch. `suite` 1 is keccak256, 2 is sm3; `time` is the block's.
    struct Record {
        bytes21 certificateType;
        uint16 schemaVersion;
        uint40 size;
        uint8 suite;
        uint64 time;
        uint64 sequence;
    }

    /// @notice A batch was anchored as number `sequence` of the log.
    event BatchAnchored(
        bytes18 indexed agency,
        bytes32 indexed root,
        bytes21 indexed certificateType,
        uint64 sequence,
        uint16 schemaVersion,
        uint40 size,
        uint8 suite,
        uint64 time,
        bytes32 manifestHash,
        address operator,
        bytes32 head
    );

    error BatchAnchorAlreadyAnchored(bytes18 agency, bytes32 root);
    error BatchAnchorZeroRoot();
    error BatchAnchorInvalidSize(uint40 size);
    error BatchAnchorUnknownSuite(uint8 suite);
    error BatchAnchorInvalidSchemaVersion(uint16 schemaVersion);
    error BatchAnchorNothingToAnchor();

    /// @notice Anchors one batch for the caller's agency.
    function anchor(
        bytes21 certificateType,
        uint16 schemaVersion,
        uint8 suite,
        Batch calldata batch
    ) external;

    /// @notice Anchors several batches of one type in one transaction: all of them or none.
    function anchorMany(
        bytes21 certificateType,
        uint16 schemaVersion,
        uint8 suite,
        Batch[] calldata batches
    ) external;

    /// @notice The record of a batch; all zero when it is not anchored.
    function recordOf(bytes18 agency, bytes32 root) external view returns (Record memory);

    /// @notice How many certificates a batch holds; 0 when it is not anchored.
    function sizeOf(bytes18 agency, bytes32 root) external view returns (uint40);

    /// @notice How many batches are anchored.
    function sequence() external view returns (uint64);

    /// @notice The fold of all records so far.
    function head() external view returns (bytes32);

    /// @notice Separates this log's hashes from every other use of Keccak-256.
    function DOMAIN() external view returns (bytes32);
}
